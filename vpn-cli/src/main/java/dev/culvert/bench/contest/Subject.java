package dev.culvert.bench.contest;

import dev.culvert.lab.LabException;
import java.util.List;
import java.util.OptionalLong;

/** Something that carries traffic between two hosts: a bare cable, a plain TAP loopback, a tunnel. It is up, and stays up. */
public interface Subject {
    /** In tables; the same in every run: {@code plain TAP}. */
    String name();

    /** Of the first host, through this subject; IPv4. */
    String firstAddress();

    /** Of the second host, through this subject; IPv4. */
    String secondAddress();

    /** The processes whose CPU time is the price of this subject: both ends. Empty for what runs in the kernel alone. */
    List<ProcessHandle> processes();

    /** Of the devices that carry the inner frames, bytes. */
    int mtu();

    /**
     * System calls made for frames until now, both ends, by the subject's own count; none for one that does not count.
     */
    default OptionalLong crossings() throws LabException {
        return OptionalLong.empty();
    }
}
