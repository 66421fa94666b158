package dev.culvert.bench.crossing;

import dev.culvert.bench.kernel.BareCalls;
import dev.culvert.bench.kernel.NativeMemory;
import java.util.List;
import java.util.function.IntFunction;

/** What needs no device: calls that do nothing, and copies that stay in user space. */
final class BareRows {
    private static final int CALLS = 500;

    private BareRows() {}

    static List<Row> of(Sizes sizes) {
        return List.of(
                call(RowId.NATIVE_CALL, "native call", new NativeCalls()),
                call(RowId.NATIVE_CALL_ERRNO, "native call, errno kept", new NativeCallsKeepingErrno()),
                call(RowId.SYSTEM_CALL, "system call", new SystemCalls()),
                call(RowId.SYSTEM_CALL_ERRNO, "system call, errno kept", new SystemCallsKeepingErrno()),
                copies(RowId.COPY_JVM, "copy by the JVM", sizes, JvmCopies::new),
                copies(RowId.COPY_LIBC, "memcpy of the C library", sizes, LibcCopies::new));
    }

    private static Row call(RowId id, String name, Crossing crossing) {
        return new Row(id, name, List.of(new Row.Cell(0, crossing)));
    }

    private static Row copies(RowId id, String name, Sizes sizes, IntFunction<Crossing> copies) {
        return new Row(
                id,
                name,
                sizes.frames().stream()
                        .map(bytes -> new Row.Cell(bytes, copies.apply(bytes)))
                        .toList());
    }

    // Four loops, not one with a lambda in it: what is measured is a few nanoseconds and must not be a virtual call.
    // What
    // C returns is not looked at: getppid says 0 for a parent outside of our container.

    private static final class NativeCalls implements Crossing {
        @Override
        public int run() {
            for (int i = 0; i < CALLS; i++) {
                int _ = BareCalls.nativeCall(-i);
            }
            return CALLS;
        }
    }

    private static final class NativeCallsKeepingErrno implements Crossing {
        @Override
        public int run() {
            for (int i = 0; i < CALLS; i++) {
                int _ = BareCalls.nativeCallKeepingErrno(-i);
            }
            return CALLS;
        }
    }

    private static final class SystemCalls implements Crossing {
        @Override
        public int run() {
            for (int i = 0; i < CALLS; i++) {
                int _ = BareCalls.systemCall();
            }
            return CALLS;
        }
    }

    private static final class SystemCallsKeepingErrno implements Crossing {
        @Override
        public int run() {
            for (int i = 0; i < CALLS; i++) {
                int _ = BareCalls.systemCallKeepingErrno();
            }
            return CALLS;
        }
    }

    private static int copiesOf(int bytes) {
        return Math.clamp(2_000_000 / bytes, 100, 1000);
    }

    private static final class JvmCopies implements Crossing {
        private final int bytes;
        private final NativeMemory source;
        private final NativeMemory target;

        JvmCopies(int bytes) {
            this.bytes = bytes;
            this.source = new NativeMemory(bytes);
            this.target = new NativeMemory(bytes);
        }

        @Override
        public int run() {
            int count = copiesOf(bytes);
            for (int i = 0; i < count; i++) {
                source.copyTo(target, bytes);
            }
            return count;
        }
    }

    private static final class LibcCopies implements Crossing {
        private final int bytes;
        private final NativeMemory source;
        private final NativeMemory target;

        LibcCopies(int bytes) {
            this.bytes = bytes;
            this.source = new NativeMemory(bytes);
            this.target = new NativeMemory(bytes);
        }

        @Override
        public int run() {
            int count = copiesOf(bytes);
            for (int i = 0; i < count; i++) {
                BareCalls.copy(target.address(), source.address(), bytes);
            }
            return count;
        }
    }
}
