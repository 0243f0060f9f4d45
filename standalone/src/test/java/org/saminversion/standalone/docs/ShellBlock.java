package org.saminversion.standalone.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.saminversion.standalone.rules.Project;

/**
 * A block of shell commands in the documentation.
 *
 * @param place file and line, for messages
 * @param kind what follows {@code sh} after the opening fence: empty, or {@code service} if a running service is needed
 * @param commands the text between the fences
 */
record ShellBlock(String place, String kind, String commands) {
    private static final Pattern BLOCK =
            Pattern.compile("^```sh *(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static List<ShellBlock> inProject() {
        List<ShellBlock> blocks = new ArrayList<>();
        for (Path file : Project.filesEndingWith(".md")) {
            String text = Project.read(file);
            Matcher matcher = BLOCK.matcher(text);
            while (matcher.find()) {
                long line = text.substring(0, matcher.start()).lines().count() + 1;
                blocks.add(new ShellBlock(Project.name(file) + ":" + line, matcher.group(1), matcher.group(2)));
            }
        }
        return blocks;
    }

    boolean needsService() {
        return kind.equals("service");
    }
}
