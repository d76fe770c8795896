package dev.backplane.core;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.Set;

/**
 * Says whether a caller who is known is answered now, or has asked too often. Safe for use by many
 * threads.
 */
@FunctionalInterface
public interface Admission {
  /** Answers everybody; somebody else sees to it that they do not ask too often. */
  Admission OF_ALL = (request, response, caller, roles) -> Optional.empty();

  /**
   * The caller has used up what they may ask for, and gets a 429.
   *
   * @param policy which limit it is, as {@code RateLimit-Policy} names it
   * @param seconds when to ask again
   */
  record Exceeded(String policy, long seconds) {}

  /**
   * Asked once for each request of a caller who is known, before anything else is done for it.
   *
   * @param request the request
   * @param response takes headers that tell what is left
   * @param caller who is calling
   * @param roles the caller's roles
   * @return what is used up; empty when the caller is answered
   */
  Optional<Exceeded> admit(
      HttpServletRequest request, HttpServletResponse response, String caller, Set<String> roles);
}
