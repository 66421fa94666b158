package dev.culvert.device.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/** Takes the privileges of root from one thread: capabilities belong to threads, whatever capset's callers believe. */
final class Privileges {
    private static final int VERSION_3 = 0x20080522; // linux/capability.h: _LINUX_CAPABILITY_VERSION_3

    static {
        Native.register(Privileges.class, NativeLibrary.getProcess());
    }

    private Privileges() {}

    static void dropFromThisThread() {
        if (capset(new int[] {VERSION_3, 0}, new int[6]) != 0) {
            throw new AssertionError("capset: errno " + Native.getLastError());
        }
    }

    private static native int capset(int[] header, int[] data);
}
