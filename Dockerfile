# One image for each service: docker build --target gateway|segmenter-worker|gpu-worker .
# docker-compose.yml builds all three.

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /source
COPY . .
RUN mvn -q -B -ntp -Pprocesses -pl api-gateway,segmenter-worker,gpu-worker -am package \
    -Dmaven.test.skip=true -Dspotless.check.skip=true

FROM eclipse-temurin:17-jre AS service
RUN useradd --system --uid 10001 --create-home sam
WORKDIR /service
USER 10001
# The bundles are mounted here; nothing else is read from or written to a disk, but for the temporary folder.
ENV SAM_BUNDLES=/bundles QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=8080
# Large blocks go back to the system when they are freed (docs/engine-speed.md, "Memory").
ENV MALLOC_MMAP_THRESHOLD_=1048576
EXPOSE 8080
# A process that has used up its memory is of no use: it ends, and is started again.
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=50", "-XX:+ExitOnOutOfMemoryError", \
    "-Djava.awt.headless=true", "-jar", "quarkus-run.jar"]

FROM service AS gateway
COPY --from=build /source/api-gateway/target/quarkus-app/ ./
# It listens to everybody, so that it starts only if it asks everybody for a key.
ENV SAM_KEYS_REQUIRED=true

FROM service AS segmenter-worker
COPY --from=build /source/segmenter-worker/target/quarkus-app/ ./

FROM service AS gpu-worker
COPY --from=build /source/gpu-worker/target/quarkus-app/ ./
