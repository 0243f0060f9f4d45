/** Inversion methods on the same pictures: measured per picture, kept, and summarised (spec evaluation.md). */
package org.saminversion.bench.comparison;
