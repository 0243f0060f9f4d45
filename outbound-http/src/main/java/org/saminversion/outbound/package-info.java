/** HTTP requests to addresses that callers name, kept out of private networks. */
package org.saminversion.outbound;
