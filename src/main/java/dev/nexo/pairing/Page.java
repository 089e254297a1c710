package dev.nexo.pairing;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the rows
 * @param next the cursor of the next page, or null if this is the last one
 * @param <T> the type of a row
 */
public record Page<T>(List<T> items, String next) {}
