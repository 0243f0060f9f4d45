/** Messages that are sent if, and only if, the transaction that wrote them was committed. */
package org.saminversion.model.outbox;
