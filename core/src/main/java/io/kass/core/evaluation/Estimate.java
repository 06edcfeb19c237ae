package io.kass.core.evaluation;

/**
 * A figure and how far chance could have moved it.
 *
 * @param value the figure
 * @param low lower bound of its confidence interval
 * @param high upper bound
 */
public record Estimate(double value, double low, double high) {}
