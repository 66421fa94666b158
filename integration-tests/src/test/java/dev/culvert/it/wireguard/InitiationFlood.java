package dev.culvert.it.wireguard;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.PublicKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.handshake.Handshake;
import dev.culvert.handshake.LocalIdentity;
import dev.culvert.lab.LabException;
import dev.culvert.lab.LabHost;
import dev.culvert.wire.CookieReplyMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A stranger who knows the victim's public key, and sends it one initiation again and again: mac1 is valid, so the
 * victim has to do the X25519 that tells that this is nobody it knows. In bursts, because neither end must starve on a
 * small machine. Ends by itself.
 */
final class InitiationFlood implements AutoCloseable {
    private static final int BURST = 400;
    private static final Duration BURST_INTERVAL = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(40);

    private final DatagramChannel channel;
    private final ByteBuffer initiation;
    private final AtomicLong cookieReplies = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("initiation-flood").unstarted(this::run);
    private volatile boolean closing;

    private InitiationFlood(DatagramChannel channel, byte[] initiation) {
        this.channel = channel;
        this.initiation = ByteBuffer.allocateDirect(initiation.length).put(initiation);
    }

    static InitiationFlood start(LabHost from, InetSocketAddress victim, PublicKey victimKey) throws LabException {
        DatagramChannel channel = from.call(() -> {
            DatagramChannel opened = DatagramChannel.open();
            opened.configureBlocking(false);
            return opened.connect(victim);
        });
        InitiationFlood flood = new InitiationFlood(channel, strangersInitiation(victimKey));
        flood.thread.start();
        return flood;
    }

    /** Those that the victim has sent to the stranger: while they grow in number, it is under load. */
    long cookieReplies() {
        return cookieReplies.get();
    }

    @Override
    public void close() throws LabException {
        closing = true;
        try (channel) {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new LabException("flood: close: " + e.getMessage(), e);
        }
    }

    private static byte[] strangersInitiation(PublicKey victimKey) {
        Randomness random = Randomness.system();
        try (PrivateKey key = PrivateKey.generate(random);
                Handshake handshake = new Handshake(new LocalIdentity(key, random), victimKey, Optional.empty())) {
            return handshake
                    .initiate(random.nextIndex(), Instant.now(), System.nanoTime())
                    .orElseThrow();
        }
    }

    private void run() {
        long endNanos = System.nanoTime() + LONGEST.toNanos();
        ByteBuffer answer = ByteBuffer.allocateDirect(CookieReplyMessage.LENGTH + 1);
        while (!closing && endNanos - System.nanoTime() > 0) {
            try {
                for (int i = 0; i < BURST; i++) {
                    channel.write(initiation.rewind());
                }
                for (int length = read(answer); length > 0; length = read(answer)) {
                    if (length == CookieReplyMessage.LENGTH) {
                        cookieReplies.incrementAndGet();
                    }
                }
            } catch (IOException _) {
                // refused because the victim does not listen yet, or the socket is full: there is a next burst
            }
            LockSupport.parkNanos(BURST_INTERVAL.toNanos());
        }
    }

    private int read(ByteBuffer answer) throws IOException {
        return channel.read(answer.clear());
    }
}
