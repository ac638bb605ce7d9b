import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  Bouton,
  ChampChoix,
  ChampMontant,
  ChampTexte,
  Encart,
  Etat,
  formatMontant,
  GroupeChamps,
  hasDroit,
  signaler,
  telecharger,
  useAction,
  useApi,
  useSession,
} from '#ui'
import { listerLiquidations } from '../../../execution/http/liquidations/contract.ts'
import { listerTiers } from '../../../execution/http/tiers/contract.ts'
import { ChampFonction } from '../../../execution/ui/champ-fonction.tsx'
import { type LigneRole, zArticleSaisi } from '../contract.ts'
import {
  type ArticleVue,
  corrigerDette,
  editerAvis,
  lireRole,
  listerRoles,
  noterRejetBancaire,
  poserArticle,
  retirerArticle,
} from '../http/contract.ts'
import { useArticles } from './commun.tsx'
import { Motif } from './motif.tsx'
import type { RoleLu } from './role.tsx'

const ligneVide = (modele?: LigneRole): LigneRole => ({
  libelle: '',
  nature: modele?.nature ?? '',
  fonction: modele?.fonction ?? '',
  service: '',
  base: '',
  ht: '',
  tva: '0.00',
})
const invalidates = [lireRole, listerRoles]

/** A debtor of an open rôle and what he owes; the account of the first line is kept for the next ones. */
export function FicheArticle({
  role: r,
  article,
  onFait,
}: {
  role: RoleLu
  article: ArticleVue | undefined
  onFait: () => void
}) {
  const tiers = useApi(listerTiers)
  const { articles, assujetti } = useArticles(r, 'R')
  const pose = useAction(poserArticle, { invalidates })
  const retrait = useAction(retirerArticle, { invalidates })
  const [id] = useState(() => (article?.id ?? newId<'Dette'>()) as string)
  const dernier = r.articles.at(-1)?.lignes[0]
  const [tiersId, setTiersId] = useState(article?.tiersId ?? '')
  const [lignes, setLignes] = useState<LigneRole[]>(article?.lignes ?? [ligneVide(dernier)])
  const [refus, setRefus] = useState<string>()
  const change = (i: number, l: Partial<LigneRole>) => setLignes(lignes.map((x, j) => (j === i ? { ...x, ...l } : x)))
  const pris = new Set(r.articles.filter((a) => a.id !== article?.id).map((a) => a.tiersId))
  const enregistrer = async () => {
    const saisie = zArticleSaisi.safeParse({ id, tiersId, objet: article?.objet ?? r.libelle, lignes })
    if (!saisie.success) return setRefus(tiersId === '' ? 'Choisissez le débiteur.' : saisie.error.issues[0]!.message)
    try {
      await pose.mutateAsync({ params: { role: r.id as never }, body: saisie.data })
      signaler('Débiteur enregistré.')
      onFait()
    } catch (e) {
      setRefus((e as Error).message)
    }
  }
  return (
    <div className="bq-pile">
      <h2>{article ? article.tiers : 'Nouveau débiteur'}</h2>
      <ChampChoix
        libelle="Débiteur"
        requis
        valeur={tiersId}
        onValeur={setTiersId}
        choix={(tiers.data?.tiers ?? [])
          .filter((t) => t.estActif && !pris.has(t.id))
          .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() + (t.ville ? `, ${t.ville}` : '') }))}
        effacable={false}
      />
      {lignes.map((l, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own while it is typed
        <fieldset key={i} className="bq-pile-serree">
          <legend>Ligne {i + 1}</legend>
          <GroupeChamps colonnes={2}>
            <ChampTexte libelle="Désignation" requis valeur={l.libelle} onValeur={(v) => change(i, { libelle: v })} />
            <ChampTexte
              libelle="Détail"
              aide="Ce que le débiteur peut vérifier : 16 repas à 3,10 €"
              valeur={l.base}
              onValeur={(v) => change(i, { base: v })}
            />
            <ChampChoix
              libelle="Article"
              requis
              valeur={l.nature}
              onValeur={(v) => change(i, { nature: v })}
              choix={articles}
            />
            <ChampFonction de={r} valeur={l.fonction} onValeur={(v) => change(i, { fonction: v })} />
            <ChampMontant libelle="Montant" requis valeur={l.ht} onValeur={(v) => change(i, { ht: v })} />
            {assujetti && (
              <ChampMontant libelle="TVA" valeur={l.tva} onValeur={(v) => change(i, { tva: v || '0.00' })} />
            )}
          </GroupeChamps>
          {lignes.length > 1 && (
            <div>
              <Bouton variante="discret" onClick={() => setLignes(lignes.filter((_, j) => j !== i))}>
                Retirer cette ligne
              </Bouton>
            </div>
          )}
        </fieldset>
      ))}
      {refus && <Encart etat="bloquant">{refus}</Encart>}
      <div className="bq-rangee">
        <Bouton variante="principal" enCours={pose.isPending} onClick={enregistrer}>
          Enregistrer
        </Bouton>
        <Bouton onClick={() => setLignes([...lignes, ligneVide(lignes.at(-1))])}>Ajouter une ligne</Bouton>
        {article && (
          <Bouton
            variante="discret"
            enCours={retrait.isPending}
            onClick={async () => {
              await retrait.mutateAsync({ params: { role: r.id as never, dette: article.id as never } })
              onFait()
            }}
          >
            Retirer du rôle
          </Bouton>
        )}
      </div>
    </div>
  )
}

/** What a debtor of a signed rôle owes, where it stands, and what may be done about it. */
export function DetailArticle({ role: r, article: a }: { role: RoleLu; article: ArticleVue }) {
  const vue = useSession()
  const [acte, setActe] = useState<'annuler' | 'reduire' | 'banque'>()
  const [montant, setMontant] = useState('')
  const correction = useAction(corrigerDette, { invalidates: [lireRole, listerRoles, listerLiquidations] })
  const rejet = useAction(noterRejetBancaire, { invalidates })
  const liquide = hasDroit(vue, 'finances.liquider') && r.etat === 'signe'
  const params = { dette: a.id as never }
  return (
    <div className="bq-pile">
      <header>
        <h2>{a.tiers}</h2>
        <p className="bq-discret">
          {a.objet}
          {a.numero !== null && `, dette n° ${a.numero}, clés ${a.cles}`}
        </p>
      </header>
      <div className="fin-defile">
        <table className="fin-lignes">
          <thead>
            <tr>
              <th scope="col">Désignation</th>
              <th scope="col">Article</th>
              <th scope="col" className="fin-droite">
                Montant
              </th>
            </tr>
          </thead>
          <tbody>
            {a.lignes.map((l, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: signed lines never move
              <tr key={i}>
                <td>
                  {l.libelle} {l.base && <span className="bq-discret">{l.base}</span>}
                </td>
                <td>{l.nature}</td>
                <td className="fin-droite">{formatMontant(l.ht)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p>
        <strong>{formatMontant(a.ttc)}</strong>
        {r.etat === 'signe' && `, reste ${formatMontant(a.reste)}`}
      </p>
      {a.prelevement && <p>{a.prelevement}.</p>}
      {a.rejetBancaire && <Etat etat="attention">La banque a rejeté le prélèvement : le débiteur paie autrement.</Etat>}
      {a.payfip && (
        <p className="bq-discret">
          Référence PayFiP <span className="bq-chiffres">{a.payfip}</span>
        </p>
      )}
      {r.etat === 'signe' && (
        <div className="bq-rangee">
          <Bouton
            onClick={() =>
              telecharger(
                adresse(editerAvis, { params: { role: r.id as never }, query: { dette: a.id as never } }),
                `avis-${a.numero}.pdf`,
              )
            }
          >
            Son avis
          </Bouton>
          {liquide && a.reste !== '0.00' && (
            <>
              <Bouton onClick={() => setActe('reduire')}>Réduire</Bouton>
              <Bouton onClick={() => setActe('annuler')}>Annuler</Bouton>
            </>
          )}
          {liquide && a.prelevement && !a.rejetBancaire && (
            <Bouton variante="discret" onClick={() => setActe('banque')}>
              Prélèvement rejeté
            </Bouton>
          )}
        </div>
      )}
      <Motif
        ouvert={acte !== undefined}
        titre={
          { annuler: 'Annuler cette dette', reduire: 'Réduire cette dette', banque: 'Prélèvement rejeté' }[
            acte ?? 'annuler'
          ]
        }
        verbe={
          { annuler: 'Préparer l’annulation', reduire: 'Préparer la réduction', banque: 'Noter le rejet' }[
            acte ?? 'annuler'
          ]
        }
        onFermer={() => setActe(undefined)}
        onMotif={async (motif) => {
          if (acte === 'banque') await rejet.mutateAsync({ params, body: { motif } })
          else
            await correction.mutateAsync({
              params,
              body: { id: newId<'Liquidation'>(), motif, ...(acte === 'reduire' ? { montant } : {}) },
            })
          signaler(
            acte === 'banque' ? 'Rejet noté.' : 'Correction prête : elle part avec le prochain bordereau d’annulation.',
          )
        }}
      >
        {acte === 'banque'
          ? 'Le prochain prélèvement sera présenté comme un premier, si celui-ci en était un.'
          : 'Un titre de réduction au nom de ce débiteur attendra la signature, dans « Encaisser ».'}
        {acte === 'reduire' && (
          <ChampMontant libelle="Montant à retirer" requis valeur={montant} onValeur={setMontant} />
        )}
      </Motif>
    </div>
  )
}
