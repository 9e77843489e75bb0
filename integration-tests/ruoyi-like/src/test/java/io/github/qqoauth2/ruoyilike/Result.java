package io.github.qqoauth2.ruoyilike;

import org.jspecify.annotations.Nullable;

/**
 * Every response of the application.
 *
 * @param code 200 on success
 * @param msg a sentence for the user
 * @param data the result, if there is one
 */
record Result(int code, String msg, @Nullable Object data) {

	static Result of(@Nullable Object data) {
		return new Result(200, "操作成功", data);
	}

}
