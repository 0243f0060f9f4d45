package org.saminversion.standalone.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.saminversion.standalone.serve.Inversions.awaitState;
import static org.saminversion.standalone.serve.Inversions.submit;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports of a worker that the database refuses for a while. */
@QuarkusTest
@QuarkusTestResource(ServiceBackends.class)
class LateReportsTest {
    private static final long SEED = 4711;

    @Inject
    Pool database;

    @Test
    void lossesWhoseReportFailedAreToldBeforeTheResult() {
        sql("create sequence reports");
        sql("create function refuse_the_first_report() returns trigger language plpgsql as $$ begin"
                + " if (select seed from jobs where id = new.job_id) = " + SEED + " then"
                + " if nextval('reports') = 1 then raise 'no space left' using errcode = 'disk_full'; end if; end if;"
                + " return new; end $$");
        sql("create trigger refuse_the_first_report before insert on loss_chunks"
                + " for each row execute function refuse_the_first_report()");
        try {
            JsonPath job = awaitState(submit("wplus", 1, SEED), "SUCCEEDED");
            assertEquals(List.of(0), job.getList("losses.step"));
            assertEquals(1, job.getInt("attempts"), "the work was not thrown away");
        } finally {
            sql("drop function refuse_the_first_report cascade");
            sql("drop sequence reports");
        }
    }

    private void sql(String statement) {
        database.query(statement).execute().await().atMost(Duration.ofSeconds(20));
    }
}
