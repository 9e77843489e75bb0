package io.github.qqoauth2.tokenshop;

import org.apache.ibatis.annotations.Mapper;
import org.mybatis.spring.annotation.MapperScan;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose own login issues tokens.
 */
@SpringBootApplication(proxyBeanMethods = false)
@MapperScan(basePackageClasses = TokenShop.class, annotationClass = Mapper.class)
class TokenShop {

}
