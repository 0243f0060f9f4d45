/** What both workers share: taking a job, holding its lease, mapping failures, and engines that stay warm. */
package org.saminversion.worker;
