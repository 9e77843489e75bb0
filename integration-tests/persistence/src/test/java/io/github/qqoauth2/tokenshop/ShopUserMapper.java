package io.github.qqoauth2.tokenshop;

import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;
import org.jspecify.annotations.Nullable;

/**
 * Reads the application's own user table.
 */
@Mapper
interface ShopUserMapper {

	@Select("select password from shop_user where user_name = #{userName} and enabled")
	@Nullable String findPassword(String userName);

}
