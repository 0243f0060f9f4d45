package org.saminversion.gateway.dashboard.keys;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.InstantSource;
import java.util.List;
import org.saminversion.gateway.access.CurrentTenant;
import org.saminversion.gateway.access.Needs;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.ApiKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;

/** The keys of the tenant. They are made and ended on the command line only (docs/adr/0011). */
@Path("/dashboard/keys")
@Needs(Scope.ADMIN)
public class KeysPage {
    private final KeyStore keys;
    private final InstantSource clock;
    private final CurrentTenant tenant;

    KeysPage(KeyStore keys, InstantSource clock, CurrentTenant tenant) {
        this.keys = keys;
        this.clock = clock;
        this.tenant = tenant;
    }

    /** @param live whether it opens anything now */
    public record KeyRow(ApiKey key, boolean live, List<Scope> scopes) {}

    @CheckedTemplate(basePath = "dashboard/keys")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance keys(Tenant tenant, List<KeyRow> keys);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> show() {
        Tenant owner = tenant.get();
        return keys.list(owner)
                .map(found -> Templates.keys(
                        owner,
                        found.stream()
                                .map(key -> new KeyRow(
                                        key,
                                        key.isLive(clock.instant()),
                                        key.scopes().stream().sorted().toList()))
                                .toList()));
    }
}
