package org.saminversion.gateway.edits;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.saminversion.gateway.events.EditWaiter;
import org.saminversion.gateway.http.IdempotencyHeader;
import org.saminversion.gateway.http.Waiting;
import org.saminversion.gateway.inversions.InversionsResource;
import org.saminversion.inversion.failure.JobFailure;
import org.saminversion.model.Artefact;
import org.saminversion.model.EditKey;
import org.saminversion.model.EditRendering;
import org.saminversion.model.Tenant;
import org.saminversion.model.store.EditOutcome;
import org.saminversion.model.store.EditStore;
import org.saminversion.model.store.IdempotencyKey;
import org.saminversion.model.store.JobStore;
import org.saminversion.model.store.StoredAnswer;

/** Has edits rendered, and answers when they are. */
@ApplicationScoped
class EditOrders {
    private final EditStore edits;
    private final EditWaiter waiter;
    private final JobStore jobs;

    EditOrders(EditStore edits, EditWaiter waiter, JobStore jobs) {
        this.edits = edits;
        this.waiter = waiter;
        this.jobs = jobs;
    }

    /**
     * Answers with the edit as it stands when it is done or the wait is over.
     *
     * @param wantsPicture whether the answer is the picture itself, if there is one
     */
    Uni<Response> answer(EditStore.Wish wish, Optional<IdempotencyKey> key, Duration wait, boolean wantsPicture) {
        String id = wish.job().toString();
        if (key.isPresent()) {
            return Waiting.inTime(edits.requestOnce(wish, key.get(), outcome -> stored(accepted(id, outcome))))
                    .map(IdempotencyHeader::given)
                    .chain(given -> find(wish.tenant(), id, given.lastOfLocation())
                            .chain(edit -> answer(edit, wish.tenant(), wait, wantsPicture))
                            .map(response -> given.mark(response).build()));
        }
        return Waiting.inTime(edits.request(wish))
                .chain(outcome -> answer(accepted(id, outcome), wish.tenant(), wait, wantsPicture))
                .map(Response.ResponseBuilder::build);
    }

    private static StoredAnswer stored(EditRendering edit) {
        return new StoredAnswer(
                Response.Status.CREATED.getStatusCode(), EditView.of(edit).self(), "{}");
    }

    private static EditRendering accepted(String id, EditOutcome outcome) {
        if (outcome instanceof EditOutcome.Accepted accepted) {
            return accepted.rendering();
        }
        if (outcome instanceof EditOutcome.NoJob) {
            throw InversionsResource.missing(id);
        }
        if (outcome instanceof EditOutcome.TooMany) {
            throw new JobFailure.Rejected(
                    "edit-limit-reached",
                    "The inversion " + id + " has " + EditStore.RENDERINGS_MAX
                            + " edits, as many as it may. Render more with ./sam edit from its latents, or run it again.");
        }
        throw new JobFailure.Rejected(
                "inversion-unfinished",
                "The inversion " + id + " has no latents to edit: only one that has SUCCEEDED can be edited.");
    }

    private Uni<Response.ResponseBuilder> answer(
            EditRendering asked, Tenant owner, Duration wait, boolean wantsPicture) {
        return waiter.await(owner, asked, wait).chain(edit -> answer(edit, owner, wantsPicture));
    }

    private Uni<Response.ResponseBuilder> answer(EditRendering edit, Tenant owner, boolean wantsPicture) {
        EditView view = EditView.of(edit);
        URI self = URI.create(view.self());
        if (edit.state() == EditRendering.State.DONE && wantsPicture) {
            return Waiting.inTime(jobs.content(owner, edit.job(), Artefact.rendering(edit.number())))
                    .map(Optional::orElseThrow)
                    .map(picture ->
                            Response.created(self).type(EditsResource.PICTURE).entity(picture.bytes()));
        }
        Response.ResponseBuilder response = edit.state() == EditRendering.State.PENDING
                ? Response.accepted(view).location(self)
                : Response.created(self).entity(view);
        return Uni.createFrom().item(response.type(MediaType.APPLICATION_JSON_TYPE));
    }

    /** One edit, as it stands. The result fails with 404 if there is none. */
    Uni<EditRendering> find(Tenant owner, String id, String number) {
        EditKey key = EditKey.parse(id + "/" + number).orElseThrow(() -> missing(id, number));
        return Waiting.inTime(edits.find(owner, key)).map(found -> found.orElseThrow(() -> missing(id, number)));
    }

    private static NotFoundException missing(String id, String number) {
        return new NotFoundException("The inversion " + id + " has no edit " + number + ", or it does not exist.");
    }
}
