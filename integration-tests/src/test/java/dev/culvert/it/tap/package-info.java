/**
 * Ethernet tunnels between namespaces, from the outside: kernels, DHCP, bridges and VLANs at both ends, and the faults
 * and changes that a network has in store. Every tunnel is a process of its own.
 */
@NullMarked
package dev.culvert.it.tap;

import org.jspecify.annotations.NullMarked;
