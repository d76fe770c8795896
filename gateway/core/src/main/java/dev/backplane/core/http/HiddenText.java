package dev.backplane.core.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes texts unreadable for who carries them (AES-GCM): where a store goes on with a list may be
 * the id of an item that is not there for the caller. Safe for use by many threads.
 */
final class HiddenText {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Supplier<byte[]> secret;

  HiddenText(Supplier<byte[]> secret) {
    this.secret = secret;
  }

  String hide(String text) {
    byte[] nonce = new byte[NONCE];
    new SecureRandom().nextBytes(nonce); // made here, as few gateways ever hide a text
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] whole = Arrays.copyOf(nonce, NONCE + sealed.length);
      System.arraycopy(sealed, 0, whole, NONCE, sealed.length);
      return Base64.getEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES-GCM", impossible);
    }
  }

  /** The text; empty when it is none that was hidden here. */
  Optional<String> show(String hidden) {
    try {
      byte[] whole = Base64.getDecoder().decode(hidden);
      if (whole.length < NONCE) {
        return Optional.empty();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(whole, NONCE));
      byte[] text = cipher.doFinal(whole, NONCE, whole.length - NONCE);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException other) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update("hidden text".getBytes(StandardCharsets.UTF_8)); // another key than that of tags
    SecretKeySpec key = new SecretKeySpec(digest.digest(secret.get()), "AES");
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
