package org.saminversion.model;

/** Whose job it is: no tenant ever sees anything of another. */
public record Tenant(String name) {
    public Tenant {
        if (!name.matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "a tenant's name has 1 to 63 lower-case letters, digits and hyphens, unlike \"" + name + "\"");
        }
    }
}
