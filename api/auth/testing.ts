/** What the tests of signing in share. */
import type { TestApp, TestUser } from "../testing.ts";
import { toRequest } from "../testing.ts";

export interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

export async function post(test: TestApp, path: string, json: unknown): Promise<Response> {
  return await test.app.request(`/api/v1/auth/${path}`, toRequest({ json }));
}

export async function login(
  test: TestApp,
  user: Pick<TestUser, "name" | "password">,
): Promise<Response> {
  return await post(test, "login", { username: user.name, password: user.password });
}

export async function refresh(test: TestApp, refreshToken: string): Promise<Response> {
  return await post(test, "refresh", { refresh_token: refreshToken });
}

/** The tokens of a refresh that must succeed. */
export async function refreshed(test: TestApp, refreshToken: string): Promise<Pair> {
  const answer = await refresh(test, refreshToken);
  if (answer.status !== 200) throw new Error(`refresh answered ${answer.status}`);
  return await answer.json();
}

/** The status a request with this access token gets. */
export async function statusWith(
  test: TestApp,
  token: string,
): Promise<number> {
  const answer = await test.app.request("/api/v1/users/me", toRequest({}, `Bearer ${token}`));
  return answer.status;
}
