package dev.culvert.device.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.culvert.device.TapException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a non-blocking pipe, which answers as a TAP does; what only a TAP answers is in LinuxTapDeviceTest. */
class FdTapQueueTest {
    private static final int PIPE_BYTES = 65_536; // pipe(7)
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ByteBuf buffer = Unpooled.directBuffer(2048);
    private FileDescriptor readEnd;
    private FileDescriptor writeEnd;
    private FdTapQueue reader;
    private FdTapQueue writer;

    @BeforeEach
    void openPipe() throws IOException {
        Epoll.ensureAvailability();
        FileDescriptor[] pipe = FileDescriptor.pipe();
        readEnd = pipe[0];
        writeEnd = pipe[1];
        reader = new FdTapQueue("tap0", readEnd.intValue());
        writer = new FdTapQueue("tap0", writeEnd.intValue());
    }

    @AfterEach
    void closePipe() throws IOException {
        buffer.release();
        if (readEnd.isOpen()) {
            readEnd.close();
        }
        writeEnd.close();
    }

    @Test
    void readsBehindTheWriterIndexAndWritesWithoutMovingAny() throws IOException {
        ByteBuf frame = Unpooled.directBuffer().writeBytes(new byte[] {9, 1, 2, 3, 9});
        buffer.writeByte(7);

        assertThat(writer.write(frame, 1, 3)).isTrue();
        assertThat(reader.read(buffer)).isEqualTo(3);

        assertThat(frame.readableBytes()).isEqualTo(5);
        assertThat(buffer).isEqualTo(Unpooled.wrappedBuffer(new byte[] {7, 1, 2, 3}));
        frame.release();
    }

    @Test
    void nothingToReadIsZero() throws IOException {
        assertThat(reader.read(buffer)).isZero();
        assertThat(buffer.writerIndex()).isZero();
    }

    @Test
    void noRoomToWriteIsARefusal() throws IOException {
        ByteBuf much = Unpooled.directBuffer(PIPE_BYTES);

        assertThat(writer.write(much, 0, PIPE_BYTES)).isTrue();
        assertThat(writer.write(much, 0, 1)).isFalse();
        much.release();
    }

    @Test
    void refusesToReadIntoNoRoom() {
        buffer.writerIndex(buffer.capacity());

        assertThatThrownBy(() -> reader.read(buffer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverReachesBesideTheBuffer() {
        assertThatThrownBy(() -> writer.write(buffer, 0, buffer.capacity() + 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> writer.write(buffer, -1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void brokenDescriptorIsAnError() throws IOException {
        readEnd.close();

        assertThatThrownBy(() -> writer.write(buffer, 0, 1))
                .isInstanceOf(TapException.class)
                .hasMessageStartingWith("tap0: write: EPIPE: ");
    }

    @Test
    void neverTouchesTheNumberOfAClosedDescriptor() {
        reader.close();

        assertThatThrownBy(() -> reader.read(buffer)).hasMessage("tap0: read: EBADF: the device is closed");
    }

    @Test
    void allocatesNothingPerFrame() throws IOException {
        long fewest = Long.MAX_VALUE;
        // The first rounds run before the compiler is through; once it is, a round costs nothing at all.
        for (int round = 0; round < 50 && fewest > 0; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            carryFrames(5_000);
            fewest = Math.min(fewest, THREADS.getCurrentThreadAllocatedBytes() - before);
        }

        assertThat(fewest).as("bytes for 5000 frames").isZero();
    }

    private void carryFrames(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            buffer.clear();
            if (!writer.write(buffer, 0, 1500) || reader.read(buffer) != 1500 || reader.read(buffer) != 0) {
                throw new AssertionError("a frame was lost");
            }
            if (Readiness.await(reader.fileDescriptor(), 0)) {
                throw new AssertionError("a frame too many");
            }
        }
    }

    @Test
    void awaitsWhatIsToBeRead() throws IOException {
        assertThat(Readiness.await(reader.fileDescriptor(), 1)).isFalse();

        writer.write(buffer, 0, 1);

        assertThat(Readiness.await(reader.fileDescriptor(), -1)).isTrue();
    }

    @Test
    void awaitingAClosedDescriptorIsAnError() {
        assertThatThrownBy(() -> Readiness.await(1_000_000, 0)).hasMessageContaining("not open");
    }
}
