package org.saminversion.standalone.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Optional.ofNullable(Sam.class.getPackage().getImplementationVersion())
                .orElse("development build");
        return new String[] {"sam " + version, "Java " + Runtime.version()};
    }
}
