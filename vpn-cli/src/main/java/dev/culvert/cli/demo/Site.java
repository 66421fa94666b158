package dev.culvert.cli.demo;

import dev.culvert.crypto.PrivateKey;
import dev.culvert.crypto.Randomness;
import dev.culvert.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * One end of the demo's tunnel, on paper. RFC 5737 and RFC 4193 addresses: nobody's.
 *
 * @param underlay where its datagrams come from
 */
record Site(
        String name,
        PrivateKey key,
        String underlay,
        String inner4,
        String inner6,
        String loopback4,
        String loopback6) {
    static final String DEVICE = "culvert0";
    private static final int PORT = 51820;

    static Site numbered(int number, String name) {
        return new Site(
                name,
                PrivateKey.generate(Randomness.system()),
                "192.0.2." + number,
                "10.99.0." + number,
                "fd99::" + number,
                "10.98.0." + number,
                "fd98::" + number);
    }

    String innerPrefixes() {
        return inner4 + "/24 " + inner6 + "/64";
    }

    String loopbackPrefixes() {
        return loopback4 + "/24 " + loopback6 + "/64";
    }

    /** Writes key and configuration; returns the file for {@code culvert up}. */
    Path write(Path folder, Site peer) throws LabException {
        try {
            Path keyFile = folder.resolve(name + ".key");
            Files.createFile(
                    keyFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(keyFile, key.revealBase64() + "\n");
            return Files.writeString(folder.resolve(name + ".toml"), configuration(peer));
        } catch (IOException e) {
            throw new LabException("configuration of " + name + ": " + e.getMessage(), e);
        }
    }

    private String configuration(Site peer) {
        return """
                [interface]
                name = "%s"
                private_key_file = "%s.key"
                listen = "%s:%d"
                address = ["%s/24", "%s/64"]

                [[peer]]
                name = "%s"
                public_key = "%s"
                endpoint = "%s:%d"
                """.formatted(
                        DEVICE,
                        name,
                        underlay,
                        PORT,
                        inner4,
                        inner6,
                        peer.name,
                        peer.key.publicKey().toBase64(),
                        peer.underlay,
                        PORT);
    }
}
