"""A pool of threads computes factorials; the results keep the order of the numbers."""

import math
from concurrent.futures import ThreadPoolExecutor

first = 1
last = 10
workers = None  # the default: four threads more than the machine has cores, at most 32
order = "up"  # or "down", the largest number first

numbers = list(range(first, last + 1))
if order == "down":
    numbers.reverse()


def factorial(n):
    return math.factorial(n)


with ThreadPoolExecutor(max_workers=workers) as executor:
    results = executor.map(factorial, numbers)
for number, result in zip(numbers, results):
    print(f"Factorial of {number} is {result}")
