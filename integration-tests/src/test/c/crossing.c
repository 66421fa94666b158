/*
 * The bare system call and the copy inside user space, measured without a JVM: what the rows of `culvert bench crossing`
 * must agree with. Prints a line for each: its name, the size in bytes, the median of many batches in nanoseconds.
 *
 * usage: crossing MILLISECONDS SIZE...     (for each line)
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096
#define CALLS 500
#define MOST_BATCHES 20000

static double batches[MOST_BATCHES];

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

static int ascending(const void *one, const void *other)
{
	double difference = *(const double *)one - *(const double *)other;

	return (difference > 0) - (difference < 0);
}

static double median(int count)
{
	qsort(batches, count, sizeof(*batches), ascending);
	return (batches[(count - 1) / 2] + batches[count / 2]) / 2;
}

static double system_calls(double budget)
{
	double began = now();
	volatile int sum = 0;
	int count;

	for (count = 0; count < MOST_BATCHES && now() - began < budget; count++) {
		double start = now();

		for (int i = 0; i < CALLS; i++)
			sum += getppid();
		batches[count] = (now() - start) / CALLS;
	}
	return median(count);
}

static double copies(size_t bytes, double budget)
{
	size_t room = (bytes + PAGE - 1) / PAGE * PAGE;
	char *source = aligned_alloc(PAGE, room);
	char *target = aligned_alloc(PAGE, room);
	int copies = 2000000 / bytes;
	double began = now();
	int count;

	copies = copies < 100 ? 100 : copies > 1000 ? 1000 : copies;
	memset(source, 1, room);
	memset(target, 0, room);
	for (count = 0; count < MOST_BATCHES && now() - began < budget; count++) {
		double start = now();

		for (int i = 0; i < copies; i++) {
			memcpy(target, source, bytes);
			__asm__ volatile("" : : "r"(target) : "memory"); /* or it is copied once */
		}
		batches[count] = (now() - start) / copies;
	}
	free(source);
	free(target);
	return median(count);
}

int main(int argc, char **argv)
{
	double budget;

	if (argc < 3) {
		fprintf(stderr, "usage: crossing MILLISECONDS SIZE...\n");
		return 2;
	}
	budget = atof(argv[1]) * 1e6;
	printf("call 0 %.2f\n", system_calls(budget));
	for (int i = 2; i < argc; i++) {
		size_t bytes = strtoul(argv[i], NULL, 10);

		printf("copy %zu %.2f\n", bytes, copies(bytes, budget));
	}
	return 0;
}
