/*
 * A library that claims to be libIPSec_MB: of the version given as VERSION, and with GCM defined with functions for
 * AES-256-GCM that do nothing. IpsecMbCipherTest compiles it.
 */
unsigned imb_get_version(void)
{
	return VERSION;
}

#ifdef GCM
#define NOTHING(function) void function(void) {}
NOTHING(aes_gcm_pre_256_sse)
NOTHING(aes_gcm_enc_256_sse)
NOTHING(aes_gcm_dec_256_sse)
#endif
