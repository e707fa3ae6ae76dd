# Two stages: what is built, and what runs. The image runs `furrow start` unless told otherwise.
FROM node:24-slim AS build
WORKDIR /furrow
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# The image brings its own Node.
RUN npm run build && npm prune --omit=dev && rm -rf node_modules/node node_modules/node-bin-*

FROM node:24-slim
ENV NODE_ENV=production FURROW_DATA=/data FURROW_HOST=0.0.0.0
WORKDIR /furrow
COPY --from=build /furrow/package.json ./
COPY --from=build /furrow/node_modules ./node_modules
COPY --from=build /furrow/dist ./dist
RUN ln -s /furrow/dist/src/cli/main.js /usr/local/bin/furrow && mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4242
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD node -e "fetch('http://127.0.0.1:4242/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
STOPSIGNAL SIGTERM
ENTRYPOINT ["furrow"]
CMD ["start", "--port", "4242"]
