package dev.backplane.core.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** Requests of certain callers, in short. */
interface AccessSteps {
  /** Says who is calling, with {@code key-of-} before the name. */
  String KEY = "X-API-Key";

  String NOTES = "/api/notes";
  String FOLDERS = "/api/folders";
  String STAFF = "/api/staff";
  String PUBLIC = "/api/public";
  String CLOSED = "/api/closed";

  /** The way in that is tested. */
  Client client();

  /** Whether the backend does several writes as one; what asks for that is a 400 otherwise. */
  default boolean transacts() {
    return true;
  }

  /** Requests of one caller. */
  default As as(String caller) {
    return new As(client(), caller);
  }

  /** Requests of somebody who does not say who they are. */
  default As asNobody() {
    return new As(client(), "");
  }

  /**
   * Requests of one caller.
   *
   * @param client the way in
   * @param caller who is calling; empty: nobody says so
   */
  record As(Client client, String caller) {
    Answer send(int status, Request request) {
      Request sent = caller.isEmpty() ? request : request.header(KEY, "key-of-" + caller);
      Answer answer = client.send(sent);
      if (answer.status() != status) {
        fail("%s as %s: %s should be %d, was %s", client, caller, request, status, answer);
      }
      if (status >= 400 && !request.method().equals("HEAD")) {
        assertThat(answer.need("Content-Type")).startsWith("application/problem+json");
      }
      return answer;
    }

    Answer get(int status, String target) {
      return send(status, Request.of("GET", target));
    }

    Answer post(int status, String target, String json) {
      return send(status, Request.json("POST", target, json));
    }

    Answer put(int status, String target, String json) {
      return send(status, Request.json("PUT", target, json));
    }

    Answer patch(int status, String target, String json) {
      return send(status, Request.of("PATCH", target).body("application/merge-patch+json", json));
    }

    Answer delete(int status, String target) {
      return send(status, Request.of("DELETE", target));
    }
  }
}
