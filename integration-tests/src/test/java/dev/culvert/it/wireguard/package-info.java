/**
 * A Culvert in tun mode against wireguard-go, an implementation that is not ours: what both understand is WireGuard.
 * Everything here runs in network namespaces of its own.
 */
@NullMarked
package dev.culvert.it.wireguard;

import org.jspecify.annotations.NullMarked;
