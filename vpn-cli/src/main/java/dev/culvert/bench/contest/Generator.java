package dev.culvert.bench.contest;

import java.io.IOException;
import java.time.Duration;

/** Makes the traffic of a workload between the two hosts of a lab. */
public interface Generator {
    /** For people: {@code Culvert's own}, {@code iperf3}. */
    String name();

    /**
     * Sends {@code workload} through {@code subject} for {@code length}, counted from when the traffic is in full swing;
     * blocks until the last of it has arrived or is lost.
     *
     * @param window told when counting begins and when it ends
     */
    Carried run(Subject subject, Workload workload, Duration length, Window window) throws IOException;

    /**
     * Whether this traffic flows on, unchanged, before its window opens and after it has closed. Then a count that was
     * taken a little outside of the window is too large by so much, and can be put right.
     */
    default boolean flowsBeyondWindow(Workload workload) {
        return false;
    }

    /** What else is to be read at the two ends of the time that is counted. Both are called once, on the caller's thread. */
    interface Window {
        /** Where nothing is. */
        Window UNREAD = new Window() {
            @Override
            public void opens() {}

            @Override
            public void closes() {}
        };

        void opens() throws IOException;

        void closes() throws IOException;
    }
}
