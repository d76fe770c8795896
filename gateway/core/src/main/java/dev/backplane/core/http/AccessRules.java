package dev.backplane.core.http;

import dev.backplane.core.mapping.Access;
import dev.backplane.spi.JsonObject;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Who may do what with a resource, ready to be asked.
 *
 * @param access what the mapping says
 * @param read tests what may be seen, where there is such a rule
 * @param write tests what may be written, where there is such a rule
 */
public record AccessRules(
    Access access,
    Optional<BiPredicate<Caller, JsonObject>> read,
    Optional<BiPredicate<Caller, JsonObject>> write) {}
