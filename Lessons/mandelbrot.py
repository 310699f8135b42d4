"""Worker processes compute a picture of the Mandelbrot set, row by row."""

import multiprocessing
import os
import time

rows = 24
columns = 72
workers = 2
iterations = 2_000
shades = " .:-=+*#%"  # by how soon a point runs away; @ does not


def pixel(c):
    z = 0
    for step in range(iterations):
        if abs(z) > 2:
            return shades[min(step.bit_length(), len(shades)) - 1]
        z = z * z + c
    return "@"


def row(number):
    y = 1.2 * (2 * number - 1 - rows) / rows
    points = [complex(-2.2 + 3 * x / (columns - 1), y) for x in range(columns)]
    return os.getpid(), "".join(pixel(point) for point in points)


def draw(size):
    started = time.perf_counter()
    with multiprocessing.Pool(size) as pool:
        for pid, pixels in pool.imap(row, range(1, rows + 1), chunksize=1):
            print(f"{pid} {pixels}")
        pool.close()
        pool.join()
    print(f"workers: {size}, seconds: {time.perf_counter() - started:.2f}")


# A new process may run this file again; only the first one may start others.
if __name__ == "__main__":
    for size in sorted({1, workers}):
        draw(size)
