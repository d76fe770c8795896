package dev.backplane.plugin.jdbc;

/** What holds on every database, beyond the contract. */
interface AllRules
    extends KeyRules,
        TypeRules,
        ConstraintRules,
        RaceRules,
        RandomRowRules,
        InjectionRules,
        ViewRules {}
