package dev.culvert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version the build wrote into the jar. */
final class CulvertVersion implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = CulvertVersion.class.getResourceAsStream("version.properties")) {
            properties.load(in);
        }
        return new String[] {
            "culvert " + properties.getProperty("version"), "Java " + Runtime.version(),
        };
    }
}
