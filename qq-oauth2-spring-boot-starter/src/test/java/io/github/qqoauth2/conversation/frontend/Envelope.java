package io.github.qqoauth2.conversation.frontend;

import java.text.ParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.qqoauth2.bind.QqJsonResponseMapper;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every JSON response as {@code {code, msg, data}} with the status 200; that of the start
 * also has {@code login_url}.
 */
@Configuration(proxyBeanMethods = false)
public class Envelope {

	@Bean
	QqJsonResponseMapper qqJsonResponseMapper() {
		return (request, response) -> {
			Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
			envelope.put("code", response.status());
			envelope.put("data", response.body());
			switch (response.kind()) {
				case AUTHORIZATION_URL -> {
					envelope.put("errmsg", "");
					envelope.put("login_url", response.body().get("authorizationUrl"));
				}
				case PROBLEM -> envelope.put("msg", response.body().get("detail"));
				default -> envelope.put("msg", null);
			}
			return response.with(200, envelope);
		};
	}

	static boolean isUsedBy(Application application) {
		return application.context().getBeanNamesForType(Envelope.class).length > 0;
	}

	/**
	 * Returns a response without its envelope, as a site without one sends it. Only the
	 * site's own login has none.
	 */
	static Browser.Page open(String path, Browser.Page page) {
		String type = page.header("Content-Type");
		if (path.startsWith("api/") || type == null || !type.contains("json")) {
			assertThat(page.status()).as(page.body()).isNotEqualTo(204);
			return page;
		}
		assertThat(page.status()).isEqualTo(200);
		assertThat(type).startsWith("application/json");
		Map<String, Object> envelope = json(page);
		int status = ((Number) Objects.requireNonNull(envelope.get("code"), page.body())).intValue();
		Map<?, ?> data = (Map<?, ?>) Objects.requireNonNull(envelope.get("data"), page.body());
		if (data.containsKey("authorizationUrl")) {
			assertThat(envelope).containsOnlyKeys("code", "errmsg", "login_url", "data")
				.containsEntry("login_url", data.get("authorizationUrl"));
		}
		else {
			assertThat(envelope).containsOnlyKeys("code", "msg", "data").containsEntry("msg", data.get("detail"));
		}
		Map<String, List<String>> headers = new HashMap<>(page.headers());
		headers.keySet().removeIf((name) -> name.equalsIgnoreCase("Content-Type"));
		headers.put("Content-Type", List.of((status >= 400) ? "application/problem+json" : "application/json"));
		return new Browser.Page(status, headers, (status != 204) ? JSONObjectUtils.toJSONString(copy(data)) : "",
				page.site());
	}

	private static Map<String, Object> copy(Map<?, ?> data) {
		Map<String, Object> copy = new LinkedHashMap<>();
		data.forEach((name, value) -> copy.put(String.valueOf(name), value));
		return copy;
	}

	private static Map<String, Object> json(Browser.Page page) {
		try {
			return JSONObjectUtils.parse(page.body());
		}
		catch (ParseException ex) {
			throw new IllegalStateException(page.body(), ex);
		}
	}

}
