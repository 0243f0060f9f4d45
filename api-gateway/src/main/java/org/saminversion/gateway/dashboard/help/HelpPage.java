package org.saminversion.gateway.dashboard.help;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.saminversion.gateway.access.NeedsNoKey;

/** The documents of this version, as pages: problems link to them, and the service may run where nothing else can be reached. */
@Path("/dashboard/help")
@NeedsNoKey
@Produces(MediaType.TEXT_HTML)
public class HelpPage {
    private static final Set<String> FOLDERS = Set.of("adr", "problems");
    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

    @CheckedTemplate(basePath = "dashboard/help")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance help(String title, RawString text);
    }

    @GET
    @Blocking
    @Path("{name}")
    public TemplateInstance document(@PathParam("name") String name) {
        return page(name, name);
    }

    @GET
    @Blocking
    @Path("{folder}/{name}")
    public TemplateInstance document(@PathParam("folder") String folder, @PathParam("name") String name) {
        if (!FOLDERS.contains(folder)) {
            throw missing(name);
        }
        return page(name, folder + "/" + name);
    }

    private static TemplateInstance page(String name, String path) {
        if (!name.matches(NAME)) {
            throw missing(name);
        }
        try (InputStream file = HelpPage.class.getResourceAsStream("/docs/" + path + ".md")) {
            if (file == null) {
                throw missing(name);
            }
            Document document = Document.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return Templates.help(document.title(), new RawString(document.html()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NotFoundException missing(String name) {
        return new NotFoundException("There is no document " + name + ".");
    }
}
