package org.saminversion.standalone.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.saminversion.standalone.rules.Project;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A part of a YAML file, with the path to it for messages. */
record Yaml(String at, Object value) {
    /** The documents of a file. */
    static List<Yaml> documents(Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        List<Yaml> documents = new ArrayList<>();
        new org.yaml.snakeyaml.Yaml(new SafeConstructor(options))
                .loadAll(Project.read(file))
                .forEach(document -> documents.add(new Yaml(Project.name(file), document)));
        return documents;
    }

    /** The members of a mapping by their names; empty if there is none. */
    Map<String, Yaml> members() {
        Map<String, Yaml> members = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, member) -> members.put(key.toString(), new Yaml(at + "." + key, member)));
        }
        return members;
    }

    /** The items of a list; empty if there is none. */
    List<Yaml> items() {
        List<Yaml> items = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(item -> items.add(new Yaml(at + "[" + items.size() + "]", item)));
        }
        return items;
    }

    /** What lies at the end of the path; its value is null if there is nothing. */
    Yaml get(String... path) {
        Yaml found = this;
        for (String name : path) {
            found = found.members().getOrDefault(name, new Yaml(found.at + "." + name, null));
        }
        return found;
    }

    boolean isThere() {
        return value != null;
    }

    String text() {
        return String.valueOf(value);
    }
}
