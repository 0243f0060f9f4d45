package org.saminversion.standalone.serve;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.saminversion.model.Tenant;
import org.saminversion.model.access.IssuedKey;
import org.saminversion.model.access.KeyStore;
import org.saminversion.model.access.Scope;

/** Keys over HTTP: what each scope permits, and that a tenant sees nothing of another. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class AccessTest {
    private static final String INVERSIONS = "/v1/inversions";

    @Inject
    KeyStore keys;

    private final Tenant tenant = new Tenant("tenant-" + UUID.randomUUID());

    @Test
    void aKeyActsForItsTenantOnly() {
        String mine = submitAs(key(tenant, Scope.SUBMIT));
        IssuedKey reader = key(tenant, Scope.READ);
        as(reader).get(mine).then().statusCode(200).header("RateLimit", startsWith("\"requests\";r="));
        as(reader).get(INVERSIONS).then().statusCode(200).body("items", hasSize(1));

        IssuedKey stranger = key(new Tenant("stranger-" + UUID.randomUUID()), Scope.READ, Scope.SUBMIT);
        for (String path : new String[] {"", "/events", "/artefacts/input"}) {
            as(stranger).get(mine + path).then().statusCode(404).body("kind", equalTo("not-found"));
        }
        as(stranger).delete(mine).then().statusCode(404);
        as(stranger).post(mine + "/cancel").then().statusCode(404);
        as(stranger).post(mine + "/replay").then().statusCode(404);
        as(stranger).get(INVERSIONS).then().statusCode(200).body("items", hasSize(0));
        given().get(mine).then().statusCode(404);
    }

    @Test
    void aKeyDoesOnlyWhatItsScopesPermit() {
        as(key(tenant, Scope.READ))
                .multiPart("image", "photo.png", Pictures.png(8, 8), "image/png")
                .post(INVERSIONS)
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("insufficient_scope"))
                .body("kind", equalTo("scope-missing"));
        as(key(tenant, Scope.ADMIN)).get(INVERSIONS).then().statusCode(403);
    }

    @Test
    void aKeyThatIsNotValidOpensNothingEvenWhereNoneIsNeeded() {
        IssuedKey revoked = key(tenant, Scope.READ);
        keys.revoke(tenant, revoked.key().id()).await().atMost(Duration.ofSeconds(20));
        as(revoked)
                .get(INVERSIONS)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", equalTo("Bearer"))
                .body("kind", equalTo("key-invalid"))
                .body("detail", not(containsString(revoked.key().id())));
        given().header("Authorization", "Basic YTpi").get(INVERSIONS).then().statusCode(401);
    }

    private String submitAs(IssuedKey key) {
        return as(key).multiPart("image", "photo.png", Pictures.png(8, 8), "image/png")
                .multiPart("method", "wplus")
                .multiPart("steps", "1")
                .post(INVERSIONS)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
    }

    private IssuedKey key(Tenant owner, Scope... scopes) {
        return keys.create(owner, "key-" + UUID.randomUUID(), Set.of(scopes), Optional.empty())
                .await()
                .atMost(Duration.ofSeconds(20))
                .orElseThrow();
    }

    private static RequestSpecification as(IssuedKey key) {
        return given().header("Authorization", "Bearer " + key.text().reveal());
    }
}
