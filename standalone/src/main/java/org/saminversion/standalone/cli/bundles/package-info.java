/** Commands about bundles and the files that they are made of: {@code bundles}, {@code methods}, {@code import}, {@code inspect}. */
package org.saminversion.standalone.cli.bundles;
