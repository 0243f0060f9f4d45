/** Comparisons of inversions of the same photograph, and which of two methods people prefer. */
package org.saminversion.model.study;
