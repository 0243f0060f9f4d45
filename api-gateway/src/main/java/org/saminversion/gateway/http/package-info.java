/** What all resources share: fields of JSON, headers, lists in pages, and waiting for stores. It knows no subject. */
package org.saminversion.gateway.http;
