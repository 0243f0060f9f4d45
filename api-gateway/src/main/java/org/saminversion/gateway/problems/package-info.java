/** What callers are told when something is wrong: problems of RFC 9457, each with a page in docs/problems. */
package org.saminversion.gateway.problems;
