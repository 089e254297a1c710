package dev.nexo.pairing;

import java.util.List;

/**
 * A part of a list.
 *
 * @param items the rows
 * @param next what to pass as cursor for the rows after them, or null where there are none
 * @param <T> what a row is
 */
public record Page<T>(List<T> items, String next) {}
