package io.kass.cli.config;

/**
 * A setting as someone wrote it.
 *
 * @param text its value
 * @param origin where it was written: a file, a variable or a flag, for messages
 */
record Setting(String text, String origin) {}
