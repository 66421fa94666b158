package dev.culvert.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.culvert.testkit.RequiresRoot;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Topology: left eth0 10.9.0.1, fd09::1 -- veth -- 10.9.0.2, fd09::2 eth0 right. */
@RequiresRoot
final class LabTest {
    private static final Duration SOON = Duration.ofSeconds(5);

    private Lab lab;
    private LabHost left;
    private LabHost right;
    private LabLink link;

    @BeforeEach
    void build() throws LabException {
        lab = Lab.open();
        left = lab.host("left");
        right = lab.host("right");
        link = lab.link(left, "10.9.0.1/24 fd09::1/64", right, "10.9.0.2/24 fd09::2/64");
    }

    @AfterEach
    void remove() throws LabException {
        lab.close();
        assertThat(lab.remains()).isEmpty();
    }

    @Test
    void carriesTcpIntactOverIpv4AndIpv6() throws LabException {
        for (String address : new String[] {"10.9.0.2", "fd09::2"}) {
            Traffic.Transfer transfer = Traffic.transfer(left, right, address, 20_000_001, 42, SOON);
            assertThat(transfer.bytes()).isEqualTo(20_000_001);
            assertThat(transfer.isIntact()).isTrue();
            assertThat(transfer.gbitPerSecond()).isPositive();
        }
    }

    @Test
    void measuresWhatTheLinkCarries() throws LabException {
        assertThat(Traffic.gbitPerSecond(left, right, "10.9.0.2", Duration.ofMillis(300)))
                .isGreaterThan(0.1);
    }

    @Test
    void endsTrafficThatGetsStuck() throws LabException {
        try (TcpPair tcp = TcpPair.open(left, right, "10.9.0.2")) {
            assertThat(tcp.sender().isOpen()).isTrue();
        }
        link.cut();
        assertThatThrownBy(() -> Traffic.transfer(left, right, "10.9.0.2", 1, 42, Duration.ofMillis(500)))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("left to right");
    }

    @Test
    void runsCodeOfThisJvmInsideAHost() throws LabException {
        assertThat(right.call(() -> NetworkInterface.getByInetAddress(InetAddress.getByName("10.9.0.2"))))
                .isNotNull();
        assertThat(left.call(() -> NetworkInterface.getByInetAddress(InetAddress.getByName("10.9.0.2"))))
                .isNull();
    }

    @Test
    void bridgesThePortsOfAHost() throws LabException {
        LabHost far = lab.host("far");
        LabHost hub = lab.host("hub");
        LabLink one = lab.link(far, hub);
        LabLink other = lab.link(right, hub);
        one.first().address("10.8.0.1/24");
        other.first().address("10.8.0.2/24");
        hub.bridge("br0", one.second(), other.second());
        assertThat(Traffic.transfer(far, right, "10.8.0.2", 1000, 42, SOON).isIntact())
                .isTrue();
    }

    @Test
    void setsTheMtuOfBothEnds() throws LabException {
        link.mtu(1400);
        assertThat(left.ip("link", "show", "eth0").output()).contains("mtu 1400");
        assertThat(right.ip("link", "show", "eth0").output()).contains("mtu 1400");
    }

    @Test
    void stopsWhatStillRunsWhenItCloses() throws LabException {
        LabProcess process = left.start("sleep", "100");
        LabProcess child = right.start("sh", "-c", "sleep 100 & echo started; wait");
        child.awaitLine("started", SOON);
        ProcessHandle grandchild = ProcessHandle.of(child.pid())
                .orElseThrow()
                .children()
                .findFirst()
                .orElseThrow();
        lab.close();
        assertThat(process.isAlive()).isFalse();
        assertThat(child.isAlive()).isFalse();
        assertThat(grandchild.onExit().orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(SOON);
    }

    /** Each waits until all three have been asked. */
    @Test
    void asksAllProgramsToEndBeforeItWaitsForAny() throws LabException {
        Path asked = lab.folder();
        String script = "trap 'touch $0/$$; while [ $(ls $0 | wc -l) -lt 3 ]; do sleep 0.01; done; exit 7' TERM;"
                + " echo up; while :; do sleep 0.01; done";
        List<LabProcess> programs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            programs.add(left.start("sh", "-c", script, asked.toString()));
            programs.getLast().awaitLine("up", SOON);
        }
        lab.close();
        for (LabProcess program : programs) {
            assertThat(program.awaitExit(SOON)).isEqualTo(7);
        }
    }

    @Test
    void refusesToGrowOnceClosed() throws LabException {
        lab.close();
        assertThatThrownBy(() -> lab.host("late")).hasMessage("the lab is closed");
        assertThatThrownBy(() -> left.start("sleep", "1")).isInstanceOf(LabException.class);
    }

    @Test
    void removesWhatAKilledJvmLeftBehind() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        String orphan = LabName.ofProcess(dead.pid()) + "1-left";
        Namespaces.add(orphan);
        Path keys = LabFolders.make(orphan);
        Files.writeString(keys.resolve("left.key"), "secret");
        Path ours = lab.folder();
        try (Lab next = Lab.open()) {
            assertThat(next.remains()).isEmpty();
            assertThat(Namespaces.list()).doesNotContain(orphan).contains(left.namespace());
            assertThat(keys).doesNotExist();
            assertThat(ours).exists();
        }
    }

    @Test
    void whatIsWrittenWhileItClosesIsDeletedToo() throws Exception {
        Path folder = lab.folder();
        Thread closing = new Thread(() -> assertThatCode(lab::close).doesNotThrowAnyException());
        lab.write(() -> {
            closing.start();
            while (closing.getState() != Thread.State.BLOCKED) { // until it waits for us
                Thread.onSpinWait();
            }
            assertThatCode(() -> Files.createDirectories(folder.resolve("left")))
                    .doesNotThrowAnyException();
        });
        closing.join();
        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> lab.write(() -> {})).hasMessage("the lab is closed");
    }
}
