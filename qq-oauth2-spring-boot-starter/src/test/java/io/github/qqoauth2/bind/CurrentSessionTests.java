package io.github.qqoauth2.bind;

import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CurrentSessionTests {

	private static final String SPRING_SESSION = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private final MockHttpServletRequest request = LoginFixture.get("/");

	@Test
	void detachWhenSpringSessionIsThereThenItsSessionIsRemovedFromTheRequest() {
		HttpSession session = Objects.requireNonNull(this.request.getSession());
		this.request.setAttribute(SPRING_SESSION, session);
		this.request.setAttribute("other", 1);
		CurrentSession.detach(this.request);
		assertThat(this.request.getAttribute(SPRING_SESSION)).isNull();
		assertThat(this.request.getAttribute("other")).isEqualTo(1);
		assertThat(this.request.getSession(false)).isSameAs(session);
	}

	@Test
	void isReadableWhenThereIsASessionOrNoneThenTrueAndMakesNone() {
		assertThat(CurrentSession.isReadable(this.request)).isTrue();
		assertThat(this.request.getSession(false)).isNull();
		this.request.getSession();
		assertThat(CurrentSession.isReadable(this.request)).isTrue();
	}

	@Test
	void isReadableWhenItsIdHasChangedThenFalse() {
		assertThat(CurrentSession.isReadable(new MockHttpServletRequest() {

			@Override
			public @Nullable HttpSession getSession(boolean create) {
				throw new IllegalStateException("its id has changed");
			}

		})).isFalse();
	}

	@Test
	void withoutWhenThereIsASessionThenItCountsAsAbsentUntilOneIsWanted() {
		this.request.setParameter("state", "STATE");
		HttpSession session = this.request.getSession();
		HttpServletRequest without = CurrentSession.without(this.request);
		assertThat(without.getSession(false)).isNull();
		assertThat(without.getParameter("state")).isEqualTo("STATE");
		assertThat(without.getSession(true)).isSameAs(session);
	}

	@Test
	void withoutWhenASessionIsWantedThenBeginsIt() {
		HttpServletRequest without = CurrentSession.without(this.request);
		assertThat(without.getSession(true)).isNotNull().isSameAs(this.request.getSession(false));
	}

}
