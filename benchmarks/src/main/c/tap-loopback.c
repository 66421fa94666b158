/*
 * The bound that owes nothing to the JVM: a TAP in each of two network namespaces, and every frame that the kernel
 * hands to one is written to the other, one read and one write each, a thread a direction.
 *
 *     tap-loopback [--offload] NAMESPACE DEVICE NAMESPACE DEVICE
 *
 * With --offload frames carry a virtio_net_hdr and the kernel may hand over super-frames of up to 64 KB, checksums
 * not computed; the other kernel takes them as they are. Prints "ready" when both devices exist; they are up to the
 * caller to configure. SIGTERM ends it: it prints how many frames it handed over and how many system calls that
 * took, and the devices are gone.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* New in Linux 6.2, so missing from the headers of older distributions. */
#ifndef TUN_F_USO4
#define TUN_F_USO4 0x20
#define TUN_F_USO6 0x40
#endif

#define VNET_HEADER_BYTES 12
#define MAX_FRAME_BYTES (VNET_HEADER_BYTES + 18 + 65536)

struct direction {
    int from;
    int to;
    atomic_ulong frames;
    atomic_ulong refused; /* by the far kernel, most of them because its device is down */
    atomic_ulong calls;
};

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...) {
    va_list arguments;
    fputs("tap-loopback: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, ": %s\n", strerror(errno));
    exit(1);
}

static void enter(const char *namespace) {
    char path[256];
    int fd;
    snprintf(path, sizeof path, "/run/netns/%s", namespace);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || setns(fd, CLONE_NEWNET) != 0) {
        fail("network namespace %s", namespace);
    }
    close(fd);
}

static int open_tap(const char *namespace, const char *device, bool offload) {
    static const int header_bytes = VNET_HEADER_BYTES;
    static const unsigned tcp = TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN;
    struct ifreq request = {.ifr_flags = IFF_TAP | IFF_NO_PI};
    int fd;

    enter(namespace);
    fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC);
    if (fd < 0) {
        fail("/dev/net/tun");
    }
    if (strlen(device) >= sizeof request.ifr_name) {
        errno = ENAMETOOLONG;
        fail("%s", device);
    }
    strcpy(request.ifr_name, device);
    if (offload) {
        request.ifr_flags |= IFF_VNET_HDR;
    }
    if (ioctl(fd, TUNSETIFF, &request) != 0) {
        fail("%s: TUNSETIFF", device);
    }
    if (offload) {
        if (ioctl(fd, TUNSETVNETHDRSZ, &header_bytes) != 0) {
            fail("%s: TUNSETVNETHDRSZ", device);
        }
        /* Kernels before 6.2 know no segmentation of UDP. */
        if (ioctl(fd, TUNSETOFFLOAD, tcp | TUN_F_USO4 | TUN_F_USO6) != 0 && ioctl(fd, TUNSETOFFLOAD, tcp) != 0) {
            fail("%s: TUNSETOFFLOAD", device);
        }
    }
    return fd;
}

static void count(atomic_ulong *counter) {
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

__attribute__((noreturn)) static void *carry(void *argument) {
    struct direction *direction = argument;
    char *frame = malloc(MAX_FRAME_BYTES);
    if (frame == NULL) {
        fail("buffer");
    }
    for (;;) {
        ssize_t length = read(direction->from, frame, MAX_FRAME_BYTES);
        count(&direction->calls);
        if (length < 0) {
            if (errno == EINTR) {
                continue;
            }
            fail("read");
        }
        count(&direction->calls);
        count(write(direction->to, frame, length) == length ? &direction->frames : &direction->refused);
    }
}

static void start(struct direction *direction) {
    pthread_t thread;
    errno = pthread_create(&thread, NULL, carry, direction);
    if (errno != 0) {
        fail("thread");
    }
}

int main(int count_of_arguments, char **arguments) {
    bool offload = count_of_arguments > 1 && strcmp(arguments[1], "--offload") == 0;
    char **place = arguments + 1 + offload;
    struct direction there = {0};
    struct direction back = {0};
    sigset_t ending;
    int signal_number;

    if (count_of_arguments - 1 - offload != 4) {
        fputs("usage: tap-loopback [--offload] NAMESPACE DEVICE NAMESPACE DEVICE\n", stderr);
        return 2;
    }
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, NULL); /* inherited by both threads: the signal waits for sigwait */

    there.from = back.to = open_tap(place[0], place[1], offload);
    there.to = back.from = open_tap(place[2], place[3], offload);
    start(&there);
    start(&back);
    puts("ready");
    fflush(stdout);

    sigwait(&ending, &signal_number);
    printf("frames %lu refused %lu calls %lu\n", there.frames + back.frames, there.refused + back.refused,
        there.calls + back.calls);
    return 0;
}
