"""A pool of threads computes factorials; the results keep the order of the inputs."""

import os
from concurrent.futures import ThreadPoolExecutor

first = 1
last = 10
workers = max(2, os.cpu_count() or 1)
order = "up"  # or "down", the largest input first


def factorial(n):
    product = 1
    for factor in range(2, n + 1):
        product *= factor
    return product


inputs = list(range(first, last + 1))
if order == "down":
    inputs.reverse()
with ThreadPoolExecutor(max_workers=workers) as pool:
    results = pool.map(factorial, inputs)
for n, value in zip(inputs, results):
    print(f"{n}! = {value}")
