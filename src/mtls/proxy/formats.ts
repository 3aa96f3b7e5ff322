import type { FormatId, HeaderFormat } from './format.ts'
import { apache } from './formats/apache.ts'
import { awsAlb } from './formats/aws-alb.ts'
import { azureAppService } from './formats/azure-app-service.ts'
import { azureGateway } from './formats/azure-gateway.ts'
import { caddy } from './formats/caddy.ts'
import { cloudflare } from './formats/cloudflare.ts'
import { cloudfront } from './formats/cloudfront.ts'
import { envoy } from './formats/envoy.ts'
import { google } from './formats/google.ts'
import { haproxy } from './formats/haproxy.ts'
import { ingressNginx } from './formats/ingress-nginx.ts'
import { nginx } from './formats/nginx.ts'
import { plainDer } from './formats/plain-der.ts'
import { plainPem } from './formats/plain-pem.ts'
import { rfc9440 } from './formats/rfc9440.ts'
import { traefik } from './formats/traefik.ts'

/** Every format by its id, in the order in which they are offered; of those that write the same, the first is named. */
export const HEADER_FORMATS: { readonly [Id in FormatId]: HeaderFormat } = {
  rfc9440,
  'plain-pem': plainPem,
  'plain-der': plainDer,
  nginx,
  haproxy,
  apache,
  envoy,
  traefik,
  caddy,
  'ingress-nginx': ingressNginx,
  'aws-alb': awsAlb,
  cloudfront,
  google,
  'azure-app-service': azureAppService,
  'azure-gateway': azureGateway,
  cloudflare,
}
