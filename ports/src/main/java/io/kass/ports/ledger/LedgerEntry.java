package io.kass.ports.ledger;

/**
 * An entry of the ledger.
 *
 * @param key its name
 * @param revision changes with every write, counted from 1
 * @param value what it holds
 */
public record LedgerEntry(String key, long revision, String value) {}
