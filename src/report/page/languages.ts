import { cLibcurl } from '@scalar/snippetz/plugins/c/libcurl';
import { csharpRestsharp } from '@scalar/snippetz/plugins/csharp/restsharp';
import { goNative } from '@scalar/snippetz/plugins/go/native';
import { httpHttp11 } from '@scalar/snippetz/plugins/http/http11';
import { javaOkhttp } from '@scalar/snippetz/plugins/java/okhttp';
import { javaUnirest } from '@scalar/snippetz/plugins/java/unirest';
import { jsJquery } from '@scalar/snippetz/plugins/js/jquery';
import { jsXhr } from '@scalar/snippetz/plugins/js/xhr';
import { kotlinOkhttp } from '@scalar/snippetz/plugins/kotlin/okhttp';
import { ocamlCohttp } from '@scalar/snippetz/plugins/ocaml/cohttp';
import { phpGuzzle } from '@scalar/snippetz/plugins/php/guzzle';
import { pythonPython3 } from '@scalar/snippetz/plugins/python/python3';
import { pythonRequests } from '@scalar/snippetz/plugins/python/requests';
import { rHttr } from '@scalar/snippetz/plugins/r/httr';
import { rubyNative } from '@scalar/snippetz/plugins/ruby/native';
import { rustReqwest } from '@scalar/snippetz/plugins/rust/reqwest';
import { shellHttpie } from '@scalar/snippetz/plugins/shell/httpie';
import { shellWget } from '@scalar/snippetz/plugins/shell/wget';
import { curl, fetching, type Language, restoring } from './snippets';

type Plugin = typeof httpHttp11;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function by(plugin: Plugin): Language['write'] {
  return ({ method, url, headers, body }) => {
    const text = body?.text;
    const type = headers.find(({ name }) => name.toLowerCase() === 'content-type')?.value ?? '';
    const isJsonBody = text !== undefined && /json/i.test(type) && isJson(text);
    return plugin.generate({
      method,
      url,
      httpVersion: 'HTTP/1.1',
      headers: [...headers],
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: -1,
      ...(text !== undefined && {
        postData: { mimeType: isJsonBody ? 'application/json' : 'text/plain', text },
      }),
    });
  };
}

/** Kotlin reads a variable behind `$` in every text. */
const kotlin: Language['write'] = (request) =>
  restoring(request, { pattern: /\$/g, restored: () => '\\$', mark: 'qyx' }, by(kotlinOkhttp));

/** Ruby reads code behind `#` in a text of double quotes, which only the body is. */
const ruby: Language['write'] = (request) =>
  restoring(request, { pattern: /#/g, restored: () => '\\#', mark: 'qyx', isBodyOnly: true }, by(rubyNative));

/**
 * The languages of Postman's documentation that the library quotes correctly. Its Dart, PowerShell, Swift, Objective-C and
 * fetch let a quote or a backslash of a header out of its text.
 */
export const LANGUAGES: readonly Language[] = [
  { id: 'curl', title: 'cURL', write: curl },
  { id: 'http', title: 'HTTP', write: by(httpHttp11) },
  { id: 'js-fetch', title: 'JavaScript and Node.js: fetch', write: fetching },
  { id: 'js-jquery', title: 'JavaScript: jQuery', write: by(jsJquery) },
  { id: 'js-xhr', title: 'JavaScript: XHR', write: by(jsXhr) },
  { id: 'python-requests', title: 'Python: requests', write: by(pythonRequests) },
  { id: 'python-http', title: 'Python: http.client', write: by(pythonPython3) },
  { id: 'java-okhttp', title: 'Java: OkHttp', write: by(javaOkhttp) },
  { id: 'java-unirest', title: 'Java: Unirest', write: by(javaUnirest) },
  { id: 'kotlin', title: 'Kotlin: OkHttp', write: kotlin },
  { id: 'csharp', title: 'C#: RestSharp', write: by(csharpRestsharp) },
  { id: 'go', title: 'Go', write: by(goNative) },
  { id: 'php', title: 'PHP: Guzzle', write: by(phpGuzzle) },
  { id: 'ruby', title: 'Ruby: Net::HTTP', write: ruby },
  { id: 'rust', title: 'Rust: reqwest', write: by(rustReqwest) },
  { id: 'c', title: 'C: libcurl', write: by(cLibcurl) },
  { id: 'ocaml', title: 'OCaml: Cohttp', write: by(ocamlCohttp) },
  { id: 'r', title: 'R: httr', write: by(rHttr) },
  { id: 'httpie', title: 'Shell: HTTPie', write: by(shellHttpie) },
  { id: 'wget', title: 'Shell: wget', write: by(shellWget) },
];
