package io.github.qqoauth2.demo.spa;

import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the message bundle of the pages to the single-page app.
 */
@RestController
final class SpaTexts {

	@GetMapping("/app/api/texts")
	ResponseEntity<Map<String, String>> texts(Locale locale) {
		ResourceBundle bundle = ResourceBundle.getBundle("messages", locale,
				ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
		Map<String, String> texts = new TreeMap<>();
		bundle.keySet().forEach((key) -> texts.put(key, bundle.getString(key)));
		return ResponseEntity.ok()
			.cacheControl(CacheControl.noCache())
			.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
			.body(texts);
	}

}
